import { Box, Button, Link, Typography } from '@mui/material';
import EditOutlined from '@mui/icons-material/EditOutlined';
import {
  countryName,
  formatPhone,
  hostOf,
  isCountry,
  languageName,
  toUnicodeHost,
  type Channel,
} from '@waymark/domain';
import { createContext, use } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { SafeLink } from '../common/SafeLink.tsx';
import { useWords } from '../records/words.ts';
import { HoursView } from '../records/HoursView.tsx';
import { Localised } from '../records/localised.tsx';
import { ValueWithSource } from '../records/ValueWithSource.tsx';
import { listText } from '../records/valueLines.ts';
import { ChannelIcon } from './channelIcon.tsx';

/** Address of the form that changes a place of this entry, where one may change it. */
export const ChangeHref = createContext<((path: string) => string) | undefined>(undefined);

/**
 * One way in, in full: nobody should have to open anything to read a number.
 * @param isHeaded false where what is around it says its type already
 */
export function ChannelView({ channel, isHeaded = true }: { channel: Channel; isHeaded?: boolean }) {
  const { t, locale } = useWords();
  const changeHref = use(ChangeHref);
  const path = `/channels/${channel.id}`;
  const typeName = t(`vocabulary.channelType.${channel.type}`);
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '40px minmax(0, 1fr) auto', columnGap: 1.5 }}>
      <Box
        sx={{
          width: 40,
          height: 40,
          borderRadius: 1,
          bgcolor: 'action.selected',
          color: 'primary.main',
          display: 'grid',
          placeItems: 'center',
        }}
      >
        <ChannelIcon type={channel.type} />
      </Box>
      <Box sx={{ minWidth: 0 }}>
        {isHeaded && (
          <Typography variant="body2" color="text.secondary" component="h3">
            {typeName}
            {channel.label && (
              <>
                {' · '}
                <Localised text={channel.label} />
              </>
            )}
          </Typography>
        )}
        <ValueWithSource path={`${path}/value`}>
          <ContactText channel={channel} />
        </ValueWithSource>
        <Box sx={{ display: 'grid', rowGap: 0.25, mt: 0.5, typography: 'body2' }}>
          {channel.hours ? (
            <ValueWithSource path={`${path}/hours`} block>
              <HoursView hours={channel.hours} />
            </ValueWithSource>
          ) : (
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {t('vocabulary.hours.unknown')}
            </Box>
          )}
          {channel.languages && channel.languages.length > 0 && (
            <ValueWithSource path={`${path}/languages`}>
              {listText(
                channel.languages.map(
                  ({ tag, via }) =>
                    `${languageName(tag, locale)}${via === 'interpreter' ? ` (${t('vocabulary.languageVia.interpreter')})` : ''}`,
                ),
                locale,
              )}
            </ValueWithSource>
          )}
          <Reach channel={channel} />
          {channel.anonymity && (
            <ValueWithSource path={`${path}/anonymity`}>
              {t('fields.anonymity')}: {t(`vocabulary.anonymity.${channel.anonymity}`)}
            </ValueWithSource>
          )}
        </Box>
      </Box>
      {changeHref && (
        <Box>
          <Button
            size="small"
            component={RouterLink}
            to={changeHref(`${path}/value`)}
            startIcon={<EditOutlined />}
            aria-label={t('entries.card.changeOf', { name: typeName })}
          >
            {t('entries.card.change')}
          </Button>
        </Box>
      )}
    </Box>
  );
}

function Reach({ channel }: { channel: Channel }) {
  const { t, locale } = useWords();
  const from = channel.reach?.dialableFrom ?? [];
  const parts = [
    ...(channel.cost ? [t(`vocabulary.cost.${channel.cost.level}`)] : []),
    ...(channel.reach?.worldwide ? [t('entries.card.fromEverywhere')] : []),
    ...(from.length > 0
      ? [
          t('entries.card.dialableFrom', {
            countries:
              listText(
                from.slice(0, 6).map((code) => (isCountry(code) ? countryName(code, locale) : code)),
                locale,
              ) + (from.length > 6 ? ` +${from.length - 6}` : ''),
          }),
        ]
      : []),
  ];
  if (parts.length === 0) return null;
  return <ValueWithSource path={`/channels/${channel.id}/reach`}>{parts.join(' · ')}</ValueWithSource>;
}

/** The number or address itself. Only an international number becomes something to tap: others depend on where one stands. */
export function ContactText({ channel, size = '1.375rem' }: { channel: Channel; size?: string }) {
  const { t, locale } = useWords();
  const big = {
    fontSize: size,
    fontWeight: 650,
    fontVariantNumeric: 'tabular-nums',
    overflowWrap: 'anywhere',
    lineHeight: 1.3,
  } as const;
  switch (channel.type) {
    case 'phone':
    case 'sms':
    case 'textphone':
    case 'relay': {
      const { number } = channel.value;
      const scheme = channel.type === 'sms' ? 'sms' : 'tel';
      return (
        <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap', columnGap: 1, alignItems: 'baseline' }}>
          {number.kind === 'e164' ? (
            <Link href={`${scheme}:+${number.digits}`} sx={big} dir="ltr">
              {formatPhone(number)}
            </Link>
          ) : (
            <Box component="bdi" dir="ltr" sx={big}>
              {formatPhone(number)}
            </Box>
          )}
          {number.letters && <bdi dir="ltr">({number.letters})</bdi>}
          {number.kind !== 'e164' && number.country && (
            <Typography component="span" variant="body2" color="text.secondary">
              {t('entries.card.inCountry', { country: countryName(number.country, locale) })}
            </Typography>
          )}
        </Box>
      );
    }
    case 'email':
      return (
        <Link href={`mailto:${channel.value.address}`} dir="ltr" sx={{ ...big, fontSize: '1.125rem' }}>
          {channel.value.address}
        </Link>
      );
    case 'messaging':
      return (
        <Box component="span" sx={{ ...big, fontSize: '1.125rem' }}>
          {t(`vocabulary.messagingService.${channel.value.service}`)} <bdi dir="ltr">{channel.value.handle}</bdi>{' '}
          {channel.value.href && <SafeLink href={channel.value.href} />}
        </Box>
      );
    case 'in-app':
      return (
        <span>
          <strong>
            <bdi>{channel.value.platform}</bdi>
          </strong>{' '}
          {channel.value.path && <Localised text={channel.value.path} />}{' '}
          {channel.value.helpUrl && <SafeLink href={channel.value.helpUrl} />}
        </span>
      );
    case 'postal':
    case 'in-person':
      return (
        <Box component="address" sx={{ fontStyle: 'normal' }}>
          {[
            ...channel.value.lines,
            [channel.value.postalCode, channel.value.city, channel.value.region].filter(Boolean).join(' '),
            countryName(channel.value.country, locale),
          ].map((line, i) => (
            <Box key={i} component="bdi" sx={{ display: 'block' }}>
              {line}
            </Box>
          ))}
        </Box>
      );
    default:
      return <WebAddress href={channel.value.href} />;
  }
}

/** The host large, since it is what people must recognise; the whole address under it. */
function WebAddress({ href }: { href: string }) {
  const host = (hostOf(href) ?? href).replace(/^www\./, '');
  const unicode = toUnicodeHost(host);
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box sx={{ fontSize: '1.125rem', fontWeight: 650, overflowWrap: 'anywhere' }}>
        <bdi dir="ltr">
          {host}
          {unicode !== host && (
            <Box component="span" sx={{ fontWeight: 400, color: 'text.secondary' }}>
              {' '}
              ({unicode})
            </Box>
          )}
        </bdi>
      </Box>
      <Typography variant="body2" component="div">
        <SafeLink href={href} full />
      </Typography>
    </Box>
  );
}
