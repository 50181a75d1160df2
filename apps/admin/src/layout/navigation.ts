import type { ComponentType } from 'react';
import type { SvgIconProps } from '@mui/material';
import Apps from '@mui/icons-material/AppsOutlined';
import CallMerge from '@mui/icons-material/CallMergeOutlined';
import Campaign from '@mui/icons-material/CampaignOutlined';
import ContactPhone from '@mui/icons-material/ContactPhoneOutlined';
import CorporateFare from '@mui/icons-material/CorporateFareOutlined';
import Dashboard from '@mui/icons-material/SpaceDashboardOutlined';
import FactCheck from '@mui/icons-material/FactCheckOutlined';
import EventRepeat from '@mui/icons-material/EventRepeatOutlined';
import Feedback from '@mui/icons-material/FeedbackOutlined';
import Groups from '@mui/icons-material/GroupsOutlined';
import HowToReg from '@mui/icons-material/HowToRegOutlined';
import Inbox from '@mui/icons-material/InboxOutlined';
import Layers from '@mui/icons-material/LayersOutlined';
import MarkEmailRead from '@mui/icons-material/MarkEmailReadOutlined';
import NewReleases from '@mui/icons-material/Inventory2Outlined';
import NotificationImportant from '@mui/icons-material/NotificationImportantOutlined';
import PersonSearch from '@mui/icons-material/PersonSearchOutlined';
import Public from '@mui/icons-material/PublicOutlined';
import RateReview from '@mui/icons-material/RateReviewOutlined';
import TravelExplore from '@mui/icons-material/TravelExploreOutlined';
import Tune from '@mui/icons-material/TuneOutlined';
import UploadFile from '@mui/icons-material/UploadFileOutlined';
import type { Permission } from '@waymark/domain';

export type Destination = {
  to: string;
  /** Key of its name. */
  label: string;
  icon: ComponentType<SvgIconProps>;
  needs: Permission;
  /** Second key after `g`. */
  key: string;
};

/** Where one can go, in the order of a working day. Menu, command palette and shortcuts read it. */
export const DESTINATIONS: readonly { label: string; items: readonly Destination[] }[] = [
  {
    label: 'shell.menu.work',
    items: [
      { to: '/', label: 'shell.menu.queue', icon: Inbox, needs: 'directory.read', key: 'q' },
      { to: '/due', label: 'shell.menu.due', icon: EventRepeat, needs: 'verification.read', key: 'd' },
      {
        to: '/alarms',
        label: 'shell.menu.alarms',
        icon: NotificationImportant,
        needs: 'verification.read',
        key: 'l',
      },
      { to: '/proposals', label: 'shell.menu.proposals', icon: RateReview, needs: 'proposal.read', key: 'p' },
      { to: '/batches', label: 'batches.title', icon: Layers, needs: 'proposal.read', key: 'h' },
      { to: '/corrections', label: 'shell.menu.corrections', icon: Feedback, needs: 'correction.read', key: 'x' },
      { to: '/outreach', label: 'outreach.short', icon: MarkEmailRead, needs: 'verification.read', key: 'm' },
      { to: '/dashboard', label: 'shell.menu.dashboard', icon: Dashboard, needs: 'verification.read', key: 'b' },
    ],
  },
  {
    label: 'shell.menu.directory',
    items: [
      { to: '/entries', label: 'shell.menu.entries', icon: ContactPhone, needs: 'directory.read', key: 'e' },
      {
        to: '/organisations',
        label: 'shell.menu.organisations',
        icon: CorporateFare,
        needs: 'directory.read',
        key: 'o',
      },
      { to: '/countries', label: 'shell.menu.countries', icon: Public, needs: 'directory.read', key: 'c' },
      { to: '/duplicates', label: 'shell.menu.duplicates', icon: CallMerge, needs: 'directory.read', key: 'k' },
      { to: '/imports', label: 'imports.title', icon: UploadFile, needs: 'proposal.read', key: 'i' },
      { to: '/coverage', label: 'shell.menu.coverage', icon: TravelExplore, needs: 'directory.read', key: 'v' },
      { to: '/coverage/routing', label: 'shell.menu.routing', icon: PersonSearch, needs: 'directory.read', key: 'w' },
    ],
  },
  {
    label: 'shell.menu.record',
    items: [
      { to: '/snapshots', label: 'shell.menu.snapshots', icon: NewReleases, needs: 'snapshot.read', key: 's' },
      { to: '/urgent', label: 'signing.urgent.title', icon: Campaign, needs: 'snapshot.read', key: 'y' },
      { to: '/consumers', label: 'shell.menu.consumers', icon: Apps, needs: 'consumer.read', key: 'n' },
      { to: '/audit', label: 'shell.menu.audit', icon: FactCheck, needs: 'audit.read', key: 'a' },
    ],
  },
  {
    label: 'shell.menu.administration',
    items: [
      { to: '/users', label: 'shell.menu.users', icon: Groups, needs: 'user.read', key: 'u' },
      { to: '/admin-requests', label: 'shell.menu.requests', icon: HowToReg, needs: 'user.read', key: 'r' },
      { to: '/settings', label: 'shell.menu.settings', icon: Tune, needs: 'policy.read', key: 't' },
    ],
  },
];
