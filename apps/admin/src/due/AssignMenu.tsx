import { useState } from 'react';
import { Button, Divider, Menu, MenuItem } from '@mui/material';
import PersonAdd from '@mui/icons-material/PersonAddAltOutlined';
import { useWords } from '../records/words.ts';
import { useDueSummary } from './useDue.ts';

/** Gives chosen checks to a person, or to nobody. Whoever has little stands first. */
export function AssignMenu({ onChoose, busy }: { onChoose: (assignee: string | null) => void; busy: boolean }) {
  const { t } = useWords();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const people = [...(useDueSummary().data?.fairShare ?? [])].sort((a, b) => a.open - b.open);
  const choose = (assignee: string | null) => {
    setAnchor(null);
    onChoose(assignee);
  };
  return (
    <>
      <Button
        size="small"
        startIcon={<PersonAdd />}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-busy={busy}
        disabled={busy}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t('due.assign')}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {people.map(({ userId, name, open }) => (
          <MenuItem key={userId} onClick={() => choose(userId)}>
            {t('due.personOpen', { name, open })}
          </MenuItem>
        ))}
        <Divider />
        <MenuItem onClick={() => choose(null)}>{t('due.nobody')}</MenuItem>
      </Menu>
    </>
  );
}
