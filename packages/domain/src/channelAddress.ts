import type { Channel } from './channel.ts';

/** The one address or number of a channel, as a person would type it; the value people compare in review. */
export function channelAddress(channel: Channel): string {
  switch (channel.type) {
    case 'phone':
    case 'sms':
    case 'textphone':
    case 'relay':
      return channel.value.number.kind === 'e164' ? `+${channel.value.number.digits}` : channel.value.number.digits;
    case 'email':
      return channel.value.address;
    case 'messaging':
      return channel.value.handle;
    case 'in-app':
      return channel.value.helpUrl ?? channel.value.platform;
    case 'postal':
    case 'in-person':
      return [...channel.value.lines, channel.value.city, channel.value.country].join(', ');
    default:
      return channel.value.href;
  }
}
