import { Alert, AlertTitle, Box } from '@mui/material';
import type { RecordType, Retirement } from '@waymark/domain';
import { Link } from 'react-router-dom';
import { When } from '../common/When.tsx';
import type { References } from '../contract.ts';
import { useWords } from './words.ts';
import { Localised } from './localised.tsx';
import { recordHref } from './useRecord.ts';

/** That a record has left, why, and where people go instead. */
export function RetirementNote({
  retirement,
  references,
  type,
}: {
  retirement: Retirement;
  references: References;
  type: RecordType;
}) {
  const { t } = useWords();
  return (
    <Alert severity="info" sx={{ mb: 2 }}>
      <AlertTitle>
        {t('records.retired')}: {t(`vocabulary.retireReason.${retirement.reason}`)}
      </AlertTitle>
      {retirement.effectiveFrom && (
        <div>
          {t('fields.part.effectiveFrom')} <When at={retirement.effectiveFrom} />
        </div>
      )}
      {retirement.successors.length > 0 && (
        <div>
          {t('fields.part.successors')}:{' '}
          {retirement.successors.map((id, i) => (
            <span key={id}>
              {i > 0 && ', '}
              <Box component={Link} to={recordHref(type, id)} sx={{ color: 'inherit' }}>
                <bdi>{references[id]?.name ?? id}</bdi>
              </Box>
            </span>
          ))}
        </div>
      )}
      {retirement.publicNote && <Localised text={retirement.publicNote} />}
    </Alert>
  );
}
