/** Proposals that belong together: of a file, of one change of many records, of the undoing of either. */
export default {
  title: 'Batches',
  subtitle: 'What was imported, changed or undone together, and how far its proposals are.',
  none: 'No batch yet',
  noneText:
    'An import, a change of many records at once, or the undoing of either becomes a batch: proposals that are reviewed together.',
  kind: { import: 'Import', bulk: 'Change of many', undo: 'Undo' },
  result: {
    submitted: 'Sent to review',
    draft: 'Kept as a draft',
    unchanged: 'Nothing new',
    undecided: 'Needs a decision',
    rejected: 'Rejected',
    refused: 'Refused',
  },
  counted: '%{count} × %{what}',
  noProposals: 'No row became a proposal',
  proposals: '%{smart_count} proposal |||| %{smart_count} proposals',
  rowsWere: 'When it was made:',
  asList: 'Open as a list of proposals',
  rows: 'Rows of the batch',
  row: 'Row %{n}',
  undoes: 'Takes back:',
  undoneBy: 'Taken back by:',
  others: 'Show one more: %{names} |||| Show %{smart_count} more: %{names}',
  moved:
    'One row changed since you opened this page and is not ticked any more. |||| %{smart_count} rows changed since you opened this page and are not ticked any more.',
  drafts:
    'One draft of this batch waits to be sent to review. |||| %{smart_count} drafts of this batch wait to be sent to review.',
  showThem: 'Show them',
  filter: { state: 'State', result: 'When made', risk: 'Risk' },
  review: {
    ticked: '%{ticked} of %{total} that you may approve are ticked',
    tickedHere: 'Of these rows, %{ticked} of %{total} that you may approve are ticked',
    none: 'There is nothing in this batch that you may approve. Each row says why.',
    noneHere: 'There is nothing among these rows that you may approve. Each says why.',
  },
  send: {
    sending: 'Sending',
    progress: '%{done} of %{total} done',
    stop: 'Stop after these',
    goOn: 'Go on',
    left: 'One was not sent. |||| %{smart_count} were not sent.',
    more: 'and one more |||| and %{smart_count} more',
  },
  withdraw: {
    action: 'Withdraw all',
    title: 'Withdraw the whole batch?',
    text: 'One open proposal is closed and cannot be opened again. |||| %{smart_count} open proposals are closed and cannot be opened again.',
    decided:
      'One was decided already and stays as it is. |||| %{smart_count} were decided already and stay as they are.',
    done: 'Batch withdrawn',
  },
  undo: {
    action: 'Undo',
    title: 'Undo this batch?',
    text: 'What was applied of it is proposed to be taken back, as a batch of its own that others review. What somebody changed since stays.',
    applied: 'One applied proposal would be taken back. |||| %{smart_count} applied proposals would be taken back.',
    brought:
      'Why does the record that came with it leave? |||| Why do the %{smart_count} records that came with it leave?',
    broughtHelp: 'Published with their tombstones',
    source: 'Who says that the old values are right?',
    sourceText:
      'A source now spares adding one to each entry: old contact values need a new look. It is not needed; what lacks it stays a draft.',
    url: 'Address of the source',
    kind: 'What it is',
    name: 'Undo: %{title}',
    done: 'Undo proposed',
  },
  member: {
    ofFile: 'Row %{row} of %{file}, one of %{smart_count} in this batch',
    ofRow: 'Row %{row}, one of %{smart_count} in this batch',
    one: 'One of %{smart_count} in this batch',
  },
  keys: { tick: 'tick or leave out' },
};
