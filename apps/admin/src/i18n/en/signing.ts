export default {
  keys: {
    title: 'Signing keys in this browser',
    subtitle:
      'A key made here cannot leave this browser: nobody can read its private half, not even this page. The server only ever sees signatures.',
    trust:
      'This page comes from the server, so a server in wrong hands could show one thing and have another signed. The command line on a machine of your own does not depend on it: let at least one signature under every snapshot be made there.',
    link: 'Signing keys',
    linkText: 'Publishers and duty officers can hold a key in their browser and sign what they reviewed there.',
    name: 'Name of the holder',
    nameHelp: 'It will stand beside the key in the public root, so it may be a pseudonym.',
    make: 'Make a key in this browser',
    made: 'The key is made',
    inRoot: 'In the published root',
    notInRoot: 'Not in the root yet',
    handOver:
      'Save the public part and give it to whoever proposes the next root. Then let them read you these six words on the telephone: only if all six are the same, it is your key.',
    words: 'Six words of this key',
    holder: 'Holder',
    keyid: 'Key id',
    createdAt: 'Made',
    download: 'Save the public part',
    delete: 'Delete …',
    deleteTitle: 'Delete this key for ever?',
    deleteText:
      'There is no copy of it anywhere, and it cannot be made again. Signatures it made stay valid. You can make another key, which then has to go into the root.',
    deleteTrusted:
      'The published root counts on this key. Without it one person fewer can sign: tell the root holders, so that the next root has another.',
    deleteConfirm: 'Delete the key',
    deleted: 'The key is deleted',
  },
  role: {
    targets: {
      title: 'Key for snapshots',
      text: 'With it you sign that a snapshot is what people approved. It takes several signatures of different people to publish one.',
    },
    urgent: {
      title: 'Duty key',
      text: 'With it you sign the urgent list, on your own and within a minute. It can only withdraw entries that were suspended, never add or change one.',
    },
  },
  support: {
    insecure: {
      title: 'This page came without encryption',
      text: 'Browsers hold keys only for pages that came over HTTPS.',
    },
    'no-ed25519': {
      title: 'This browser cannot make Ed25519 keys',
      text: 'It is too old, or its maker has left them out. A current Chrome, Edge, Firefox or Safari can.',
    },
    instead: 'You can always hold a key outside the browser, with the command line:',
  },
};
