/** One contact with an organisation, as the API answers it. */
export type Outreach = {
  id: string;
  organisationId: string;
  organisationName: string;
  way: 'mail' | 'call' | 'message';
  template: string | null;
  language: string | null;
  contactId: string | null;
  attempt: number;
  by: string;
  byName: string;
  at: string;
  nextAt: string | null;
  outcome: 'open' | 'answered' | 'no-answer' | 'failed' | 'superseded';
  answeredAt: string | null;
  note: string | null;
  answer: { counts: boolean; confirmed: number; corrected: number; proposals: string[]; alarms: string[] } | null;
};

/** Languages letters are written in. */
export const LETTER_LANGUAGES = ['en', 'de', 'ar', 'es', 'fr'] as const;

export type OutreachContacts = {
  /** Letters leave this server at all. */
  mail: boolean;
  data: {
    id: string;
    name: string | null;
    role: string | null;
    language: (typeof LETTER_LANGUAGES)[number];
    /** An answer through its link counts as the organisation itself. */
    counts: boolean;
  }[];
};

/** How a contact is called on the screen; its address is not shown outside the organisation's form. */
export function contactName({
  id,
  name,
  role,
}: Pick<OutreachContacts['data'][number], 'id' | 'name' | 'role'>): string {
  return [name, role].filter(Boolean).join(', ') || id;
}
