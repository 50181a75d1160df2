export * from './areaName.ts';
export * from './auditEvent.ts';
export * from './auditProof.ts';
export * from './batch.ts';
export * from './bulkAction.ts';
export * from './cadence.ts';
export * from './channel.ts';
export * from './compare.ts';
export * from './consumer.ts';
export * from './correction.ts';
export * from './country.ts';
export * from './countryProfile.ts';
export * from './coverage.ts';
export * from './diff.ts';
export * from './disclosure.ts';
export * from './delta.ts';
export * from './dueOrder.ts';
export * from './entry.ts';
export * from './evidence.ts';
export * from './factValue.ts';
export * from './field.ts';
export * from './followsMerge.ts';
export * from './forms.ts';
export * from './gateFacts.ts';
export * from './hash.ts';
export * from './hours.ts';
export * from './identity.ts';
export * from './impact.ts';
export * from './importFile.ts';
export * from './language.ts';
export * from './listFacts.ts';
export * from './localText.ts';
export * from './log/checkpoint.ts';
export * from './log/compareHeads.ts';
export * from './log/cosignatures.ts';
export * from './log/defect.ts';
export * from './log/entries.ts';
export * from './log/note.ts';
export * from './log/splitView.ts';
export * from './log/tile.ts';
export * from './log/verifierKey.ts';
export * from './log/verifyCheckpoints.ts';
export * from './manifest.ts';
export * from './merge.ts';
export * from './merkle.ts';
export * from './methodRule.ts';
export * from './nextAttempt.ts';
export * from './officeHours.ts';
export * from './organisation.ts';
export * from './paperKey.ts';
export * from './phoneSpelling.ts';
export * from './phoneValue.ts';
export * from './plan.ts';
export * from './policy.ts';
export * from './proposal.ts';
export * from './publicationWindow.ts';
export * from './publicKey.ts';
export * from './publicKeyFile.ts';
export * from './published.ts';
export * from './record.ts';
export * from './references.ts';
export * from './refusal.ts';
export * from './retirement.ts';
export * from './risk.ts';
export * from './role.ts';
export * from './route.ts';
export * from './route/answer.ts';
export {
  indexDirectory,
  toRoutableCountry,
  toRoutableEntry,
  type IndexedDirectory,
  type RoutableChannel,
  type RoutableCountry,
  type RoutableDirectory,
  type RoutableEntry,
  type RoutableVerification,
} from './route/directory.ts';
export * from './routeRequest.ts';
export * from './signedJson.ts';
export * from './signing.ts';
export * from './signingCalendar.ts';
export * from './signingPolicy.ts';
export * from './signingRequest.ts';
export * from './signingView.ts';
export * from './snapshot.ts';
export * from './standing.ts';
export * from './takenOver.ts';
export * from './tally.ts';
export * from './text.ts';
export * from './timeZone.ts';
export * from './tombstone.ts';
export * from './unite.ts';
export * from './urgent.ts';
export * from './urgentRule.ts';
export * from './url.ts';
export * from './verification.ts';
export * from './vocabulary.ts';
export * from './watchRule.ts';
export * from './withhold.ts';
