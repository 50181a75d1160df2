import { SIGNING_REFUSALS } from '@waymark/domain';

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
  panel: {
    title: 'Signatures',
    people: 'Who signs',
    count: '%{signed} of %{threshold} signatures',
    signed: 'Signed; handed in by %{name},',
    missing: 'Has not signed yet',
    notNeeded: 'Has not signed; enough others have',
    left: '%{time} left to sign, until',
    void: 'These signatures no longer count: what would be published has changed. Discard the snapshot and prepare a new one.',
    review: 'Review and sign in this browser',
    bundle: 'Everything for a signer (zip)',
    request: 'Request only',
  },
  words: {
    title: 'Six words to compare',
    text: 'Call another signer and read the words to each other. If one differs, you are not looking at the same snapshot: sign nothing and tell an admin.',
  },
  window: {
    open: 'The publication window is open until',
    next: 'The next publication window opens',
    other: 'Publishing at another time is possible.',
  },
  upload: {
    choose: 'Hand in signature files',
    drop: 'Files that waymark sign wrote, one or several, or the one that waymark snapshot merge made of them. You can also drop them here.',
    kept: 'Verified and kept.',
    'not-json': 'This is not JSON.',
    malformed: 'This is not a signature file.',
    'other-request': 'This is a signature for something else; sign this request again. Its digest:',
  },
  review: {
    title: 'Review and sign snapshot %{n}',
    subtitle:
      'Your browser fetched everything that would be signed and checks it by itself: every hash, every approval, the audit log, and the difference to what it verified before.',
    version: 'TUF targets version %{n}.',
    expires: 'A signature is valid until',
    compared: 'Compared with snapshot %{n}, which this browser verified itself',
    verifiedAt: 'Verified',
    first: 'This browser has verified no snapshot yet',
    firstText:
      'There is nothing to compare with, so everything below seems new. Compare the six words with a signer who has.',
    behind: 'This browser could not verify what is published now:',
    contacts: 'Contacts of new entries, in full',
    delegations: 'Who else would be trusted',
    policy: 'Approvals that are asked for: policy %{n}',
    unproven:
      'Left to the command line, which makes these files again from the records; this browser only measured them:',
  },
  trust: {
    duty: 'Whoever is on duty may withdraw entries at once, and can do nothing else. Ask each of them for the six words of their key.',
    ended: 'Nobody could withdraw entries at once any more.',
    first: 'Nobody could do so before.',
    added: 'New',
    removed: 'No longer',
    kept: 'As before',
    strange: 'These are not duty keys as this program makes them. Do not sign before an admin has explained each line.',
    whole: 'As it stands in the metadata',
  },
  refusals: {
    title: 'Do not sign this',
    text: 'This browser found what must not be signed. Nobody can answer for it; show it to an admin.',
  },
  confirm: {
    title: 'Unusual: is this meant?',
    text: 'Each of these is right at times, and what an attacker would do. Answer only when you know why it is so.',
    hosts: 'Name of the new host',
    drop: 'The numbers, before and after',
    policies: 'Number of the policy',
    firstUse: 'The six words, as another signer reads them to you',
    firstUseHelp: 'With spaces between. Do not copy them from this page.',
    delegations: 'I know who is trusted here, and why',
    tombstones: 'I know why this is gone from the tombstones',
    type: 'Type: %{value}',
    done: 'Answered',
  },
  sign: {
    title: 'Sign',
    text: 'Your browser signs with the key of %{name} what it read and showed above. Only the signature goes to the server.',
    action: 'Sign this snapshot',
    done: 'Signed and handed in',
    noKey:
      'You have no key for snapshots in this browser. Make one, or sign with the command line on your own machine.',
    elsewhere: 'Fetch everything for a signer and use the command line on your own machine:',
  },
  forget: {
    title: 'Begin anew in this browser',
    text: 'This browser forgets which snapshots it verified; your keys stay. Then it has nothing to compare with, and you compare six words with another signer as on the first day.',
    action: 'Forget what was verified',
  },
  urgent: {
    title: 'Urgent list',
    subtitle:
      'What is withdrawn at this moment, ahead of the next snapshot. Apps mark these entries as soon as one duty key has signed the list.',
    current: 'Apps have this list.',
    waiting: 'Waits for a duty key',
    list: 'Withdrawn now',
    listThen: 'The whole list, once it is signed',
    keys: 'Keys of those on duty',
    none: 'Nothing is withdrawn',
    added: 'Would be withdrawn',
    returned: 'Would be shown again',
    sign: 'Sign the urgent list',
    download: 'Download the list to sign',
    done: 'Signed. Apps see it within minutes.',
    withKey: 'Signs with the duty key of %{name} in this browser.',
    noKey: 'There is no duty key in this browser. Call somebody on duty at once:',
    notOnDuty: 'Your duty key is not among those that apps trust. Call somebody on duty at once:',
    suspended: 'It is out of sight here. Apps will show it as withdrawn as soon as a duty key has signed:',
  },
  // One source with the command line: what it calls this machine is here this browser on it.
  refusal: SIGNING_REFUSALS,
};
