import { CreatePage } from '../records/draft/CreatePage.tsx';
import OrganisationInputs from './OrganisationInputs.tsx';

const EMPTY = {};

export default function OrganisationCreate() {
  return (
    <CreatePage type="organisation" initial={EMPTY}>
      <OrganisationInputs asNew />
    </CreatePage>
  );
}
