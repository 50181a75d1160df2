import type { SvgIconProps } from '@mui/material';
import AppsOutlined from '@mui/icons-material/AppsOutlined';
import ChatOutlined from '@mui/icons-material/ChatOutlined';
import DialpadOutlined from '@mui/icons-material/DialpadOutlined';
import EmailOutlined from '@mui/icons-material/EmailOutlined';
import ForumOutlined from '@mui/icons-material/ForumOutlined';
import HubOutlined from '@mui/icons-material/HubOutlined';
import LanguageOutlined from '@mui/icons-material/LanguageOutlined';
import LocationOnOutlined from '@mui/icons-material/LocationOnOutlined';
import MarkunreadMailboxOutlined from '@mui/icons-material/MarkunreadMailboxOutlined';
import PhoneOutlined from '@mui/icons-material/PhoneOutlined';
import SmsOutlined from '@mui/icons-material/SmsOutlined';
import TouchAppOutlined from '@mui/icons-material/TouchAppOutlined';
import VideocamOutlined from '@mui/icons-material/VideocamOutlined';
import type { ChannelType } from '@waymark/domain';

const ICONS = {
  url: LanguageOutlined,
  phone: PhoneOutlined,
  sms: SmsOutlined,
  textphone: DialpadOutlined,
  relay: DialpadOutlined,
  'video-relay': VideocamOutlined,
  chat: ChatOutlined,
  messaging: ForumOutlined,
  email: EmailOutlined,
  app: AppsOutlined,
  'in-app': TouchAppOutlined,
  postal: MarkunreadMailboxOutlined,
  'in-person': LocationOnOutlined,
  onion: HubOutlined,
} as const satisfies Record<ChannelType, unknown>;

/** Picture of a channel type. Decoration: the type is always written beside it. */
export function ChannelIcon({ type, ...props }: { type: ChannelType } & SvgIconProps) {
  const Icon = ICONS[type];
  return <Icon aria-hidden {...props} />;
}
