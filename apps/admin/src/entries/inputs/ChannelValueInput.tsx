import type { ChannelType } from '@waymark/domain';
import { TextField } from '@mui/material';
import { useField } from '../../records/form/DocumentForm.tsx';
import { useWords } from '../../records/words.ts';
import { ChoiceInput } from '../../records/form/ChoiceInput.tsx';
import { LocalTextInput } from '../../records/form/LocalTextInput.tsx';
import { Row } from '../../records/form/Section.tsx';
import { TableInput } from '../../records/form/TableInput.tsx';
import { TextInput } from '../../records/form/TextInput.tsx';
import { PhoneInput } from './PhoneInput.tsx';
import { UrlInput } from './UrlInput.tsx';

/** The number or address of a channel, by its type. `pointer` is the channel's. */
export function ChannelValueInput({ pointer, type }: { pointer: string; type: ChannelType }) {
  const { t } = useWords();
  const at = (part: string) => `${pointer}/value/${part}`;
  const part = (name: string) => t(`fields.part.${name}`);
  switch (type) {
    case 'phone':
    case 'sms':
    case 'textphone':
    case 'relay':
      return (
        <>
          <PhoneInput pointer={at('number')} label={t('fields.part.number')} reachPointer={`${pointer}/reach`} />
          {type === 'sms' && <LocalTextInput pointer={at('keyword')} label={part('keyword')} max={40} />}
          {(type === 'textphone' || type === 'relay') && (
            <TextInput pointer={at('prefix')} label={part('prefix')} code />
          )}
        </>
      );
    case 'url':
    case 'chat':
    case 'video-relay':
      return <UrlInput pointer={at('href')} label={part('href')} required />;
    case 'onion':
      return (
        <>
          <UrlInput pointer={at('href')} label={part('href')} required onion />
          <UrlInput pointer={at('announcedAt')} label={part('announcedAt')} />
        </>
      );
    case 'email':
      return (
        <Row>
          <TextInput
            pointer={at('address')}
            label={part('email')}
            type="email"
            required
            parse={(text) => text.trim() || undefined}
          />
          <TextInput
            pointer={at('pgpFingerprint')}
            label={part('pgpFingerprint')}
            code
            parse={(text) => text.replace(/\s/g, '').toUpperCase() || undefined}
          />
        </Row>
      );
    case 'messaging':
      return (
        <Row>
          <ChoiceInput
            pointer={at('service')}
            label={part('service')}
            words="messagingService"
            codes={['whatsapp', 'signal', 'telegram', 'viber', 'line', 'kakao', 'messenger', 'other']}
            required
          />
          <TextInput pointer={at('handle')} label={part('handle')} code required />
          <UrlInput pointer={at('href')} label={part('href')} />
        </Row>
      );
    case 'app':
      return (
        <Row>
          <ChoiceInput
            pointer={at('platform')}
            label={part('platform')}
            words="appPlatform"
            codes={['android', 'ios', 'windows', 'other']}
            required
          />
          <TextInput pointer={at('storeId')} label={part('storeId')} code required />
          <TextInput pointer={at('publisher')} label={part('publisher')} required />
          <UrlInput pointer={at('href')} label={part('href')} required />
        </Row>
      );
    case 'in-app':
      return (
        <>
          <Row>
            <TextInput pointer={at('platform')} label={part('platform')} required />
            <UrlInput pointer={at('helpUrl')} label={part('href')} />
          </Row>
          <LocalTextInput pointer={at('path')} label={part('path')} max={300} />
        </>
      );
    case 'postal':
    case 'in-person':
      return (
        <>
          <AddressLines pointer={at('lines')} />
          <Row>
            <TextInput pointer={at('postalCode')} label={part('postalCode')} code />
            <TextInput pointer={at('city')} label={part('city')} required />
            <TextInput pointer={at('region')} label={part('region')} />
            <TableInput pointer={at('country')} table="country" label={part('country')} required />
          </Row>
          <TextInput pointer={at('access')} label={part('access')} />
        </>
      );
  }
}

/** Street lines, one per line of the box. */
function AddressLines({ pointer }: { pointer: string }) {
  const { t } = useWords();
  const { value, set, touch, error } = useField<string[]>(pointer);
  return (
    <TextField
      label={t('fields.part.lines')}
      value={(value ?? []).join('\n')}
      onChange={(event) => set(event.target.value === '' ? undefined : event.target.value.split('\n').slice(0, 6))}
      onBlur={touch}
      error={error !== undefined}
      helperText={error}
      multiline
      minRows={2}
      fullWidth
      required
      slotProps={{ htmlInput: { 'data-pointer': pointer, dir: 'auto' } }}
    />
  );
}
