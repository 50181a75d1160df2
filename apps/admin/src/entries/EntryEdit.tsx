import { EditPage } from '../records/draft/EditPage.tsx';
import EntryInputs from './inputs/EntryInputs.tsx';

export default function EntryEdit() {
  return (
    <EditPage type="entry">
      <EntryInputs />
    </EditPage>
  );
}
