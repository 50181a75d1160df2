import { Box, Typography } from '@mui/material';
import type { Entry } from '@waymark/domain';
import { useWords } from '../records/words.ts';
import { Localised } from '../records/localised.tsx';
import { ValueWithSource } from '../records/ValueWithSource.tsx';
import { listText } from '../records/valueLines.ts';
import { Fact } from './Fact.tsx';

/** What a person can expect: anonymity, for whom, what to have at hand and what happens to a report. */
export function Expectations({ entry }: { entry: Entry }) {
  const { t, locale } = useWords();
  const { anonymity, ages, afterReport } = entry;
  return (
    <>
      <Fact label={t('fields.anonymity')}>
        <ValueWithSource path="/anonymity" block>
          <strong>{t(`vocabulary.anonymity.${anonymity.level}`)}</strong>
          <Typography variant="body2" color="text.secondary">
            {t(`vocabulary.anonymityLong.${anonymity.level}`)}
          </Typography>
          {anonymity.conditions && <Localised text={anonymity.conditions} />}
        </ValueWithSource>
      </Fact>
      {entry.confidentialityLimits && (
        <Fact label={t('fields.confidentialityLimits')}>
          <ValueWithSource path="/confidentialityLimits" block>
            <Localised text={entry.confidentialityLimits} />
          </ValueWithSource>
        </Fact>
      )}
      <Fact label={t('fields.audience')}>
        <ValueWithSource path="/audience">
          {entry.audience.length === 0
            ? t('vocabulary.answer.unknown')
            : listText(
                entry.audience.map((code) => t(`vocabulary.audience.${code}`)),
                locale,
              )}
        </ValueWithSource>
        {ages && (
          <ValueWithSource path="/ages">
            {ages.min !== undefined && ages.max !== undefined
              ? t('entries.card.ages', { min: ages.min, max: ages.max })
              : ages.min !== undefined
                ? t('entries.card.agesFrom', { min: ages.min })
                : t('entries.card.agesTo', { max: ages.max })}
          </ValueWithSource>
        )}
      </Fact>
      {entry.howTo && (
        <Fact label={t('fields.howTo')}>
          <Localised text={entry.howTo} />
        </Fact>
      )}
      {entry.whatToHave && (
        <Fact label={t('fields.whatToHave')}>
          <Localised text={entry.whatToHave} />
        </Fact>
      )}
      {afterReport?.steps && (
        <Fact label={t('fields.afterReport')}>
          <Box component="ol" sx={{ m: 0, paddingInlineStart: 2.5 }}>
            {afterReport.steps.map((step) => (
              <li key={step.id}>
                <strong>
                  <bdi>{step.actor}</bdi>
                </strong>{' '}
                <Localised text={step.what} />
                {step.typicalTime && (
                  <>
                    {' '}
                    (<bdi>{step.typicalTime}</bdi>)
                  </>
                )}
              </li>
            ))}
          </Box>
        </Fact>
      )}
    </>
  );
}
