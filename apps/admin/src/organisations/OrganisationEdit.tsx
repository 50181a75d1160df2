import { EditPage } from '../records/draft/EditPage.tsx';
import OrganisationInputs from './OrganisationInputs.tsx';

export default function OrganisationEdit() {
  return (
    <EditPage type="organisation">
      <OrganisationInputs />
    </EditPage>
  );
}
