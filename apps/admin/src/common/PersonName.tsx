import { useTranslate } from 'ra-core';

/** Who did something: a person by name, or the server itself (`system:<job>`). */
export function PersonName({ name }: { name: string | null }) {
  const translate = useTranslate();
  if (name === null) return <>–</>;
  return name.startsWith('system:') ? <span title={name}>{translate('common.system')}</span> : <bdi>{name}</bdi>;
}
