import { useState } from 'react';
import { Alert, Box, Button, Chip, TextField, Typography } from '@mui/material';
import DeleteOutline from '@mui/icons-material/DeleteOutline';
import Download from '@mui/icons-material/FileDownloadOutlined';
import KeyIcon from '@mui/icons-material/VpnKeyOutlined';
import { useTranslate } from 'ra-core';
import { ErrorState, ProblemNote } from '../common/ErrorState.tsx';
import { Facts } from '../common/Facts.tsx';
import { Hash } from '../common/Hash.tsx';
import { Panel } from '../common/Panel.tsx';
import { ActionButton } from '../common/RefusalNote.tsx';
import { useVerb } from '../common/useVerb.ts';
import { When } from '../common/When.tsx';
import type { Me } from '../contract.ts';
import { makeBrowserKey, type BrowserKey, type BrowserRole } from './browserKey.ts';
import { saveKey } from './browserStore.ts';
import { DeleteKeyDialog } from './DeleteKeyDialog.tsx';
import { saveJson } from './saveFile.ts';
import { SixWords } from './SixWords.tsx';
import { toPublicKeyFile } from './toPublicKeyFile.ts';
import { useBrowserKey, useKeysChanged, useRoleInRoot } from './useBrowserKeys.ts';

/** One role: the person's key in this browser, or the way to make one. */
export function KeyPanel({ role, me }: { role: BrowserRole; me: Me }) {
  const translate = useTranslate();
  const key = useBrowserKey(role);
  return (
    <Panel title={translate(`signing.role.${role}.title`)}>
      <Typography sx={{ mb: 2, maxWidth: '72ch' }}>{translate(`signing.role.${role}.text`)}</Typography>
      {key.isError ? (
        <ErrorState error={key.error} onRetry={() => void key.refetch()} />
      ) : key.data ? (
        <OwnKey ownKey={key.data} />
      ) : key.data === null ? (
        <MakeKey role={role} me={me} />
      ) : null}
    </Panel>
  );
}

function MakeKey({ role, me }: { role: BrowserRole; me: Me }) {
  const translate = useTranslate();
  const changed = useKeysChanged();
  const [name, setName] = useState(me.name);
  const make = useVerb(
    async () => {
      const facts = { person: me.id, role, name: name.trim(), createdAt: new Date().toISOString() };
      await saveKey(await makeBrowserKey(facts));
    },
    { done: 'signing.keys.made', onDone: () => void changed() },
  );
  return (
    <>
      <TextField
        label={translate('signing.keys.name')}
        helperText={translate('signing.keys.nameHelp')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        fullWidth
        sx={{ maxWidth: 420, mb: 2 }}
        slotProps={{ htmlInput: { maxLength: 80, dir: 'auto' } }}
      />
      <div>
        <ActionButton
          startIcon={<KeyIcon />}
          busy={make.busy}
          refusal={name.trim() === '' ? { code: 'input-invalid' } : null}
          onClick={() => void make.run(undefined)}
        >
          {translate('signing.keys.make')}
        </ActionButton>
      </div>
      <ProblemNote problem={make.problem} />
    </>
  );
}

function OwnKey({ ownKey }: { ownKey: BrowserKey }) {
  const translate = useTranslate();
  const inRoot = useRoleInRoot(ownKey.role);
  const [isAsking, setIsAsking] = useState(false);
  const isTrusted = inRoot?.keyIds.includes(ownKey.keyid) ?? false;
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}>
        <Chip
          size="small"
          variant="outlined"
          color={isTrusted ? 'success' : 'warning'}
          label={translate(isTrusted ? 'signing.keys.inRoot' : 'signing.keys.notInRoot')}
        />
      </Box>
      {!isTrusted && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {translate('signing.keys.handOver')}
        </Alert>
      )}
      <Typography component="h3" variant="h3" sx={{ mb: 0.75 }}>
        {translate('signing.keys.words')}
      </Typography>
      <SixWords digest={ownKey.keyid} label={translate('signing.keys.words')} />
      <Box sx={{ my: 2 }}>
        <Facts
          facts={[
            [translate('signing.keys.holder'), <bdi key="name">{ownKey.name}</bdi>],
            [translate('signing.keys.keyid'), <Hash key="id" value={ownKey.keyid} />],
            [translate('signing.keys.createdAt'), <When key="at" at={ownKey.createdAt} mode="datetime" />],
          ]}
        />
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
        <Button
          variant={isTrusted ? 'outlined' : 'contained'}
          startIcon={<Download />}
          onClick={() => saveJson(`${ownKey.role}.${fileName(ownKey.name)}.pub.json`, toPublicKeyFile(ownKey))}
        >
          {translate('signing.keys.download')}
        </Button>
        <Button color="error" startIcon={<DeleteOutline />} aria-haspopup="dialog" onClick={() => setIsAsking(true)}>
          {translate('signing.keys.delete')}
        </Button>
      </Box>
      {isAsking && <DeleteKeyDialog ownKey={ownKey} isTrusted={isTrusted} onClose={() => setIsAsking(false)} />}
    </>
  );
}

/** A name as part of a file's name, whatever the script it is written in. */
function fileName(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '') || 'key'
  );
}
