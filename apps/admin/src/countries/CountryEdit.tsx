import { EditPage } from '../records/draft/EditPage.tsx';
import CountryInputs from './CountryInputs.tsx';

export default function CountryEdit() {
  return (
    <EditPage type="country">
      <CountryInputs />
    </EditPage>
  );
}
