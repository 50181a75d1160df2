import { describe, expect, it } from 'vitest';
import type { Source } from '../source.ts';
import { guessMapping } from './guessMapping.ts';
import { applyMapping, Mapping } from './mapping.ts';

const sourceOf = (header: string[], ...rows: string[][]): Source => ({
  reading: { format: 'delimited' },
  header,
  rows: rows.map((cells, i) => ({ row: i + 1, line: i + 2, cells })),
});

const fieldsOf = (header: string, ...rows: string[][]) =>
  guessMapping(sourceOf(header.split(';'), ...rows)).guesses.map(({ field }) => field);

describe('the meaning of columns', () => {
  it.each([
    ['en', 'Name ;Organisation/Operator;Type;Country;Website;Phone(s);Languages;Opening hours'],
    ['de', 'Bezeichnung;Betreiber;Art;Land;Webseite;Telefonnummer;Sprachen;Öffnungszeiten'],
    ['fr', 'Nom;Organisme;Type;Pays;Site web;Téléphone;Langues;Horaires'],
    ['es', 'Nombre;Organización;Tipo;País;Sitio web;Teléfono;Idiomas;Horario'],
    ['it', 'Nome;Ente;Tipo;Paese;Sito;Telefono;Lingue;Orari'],
    ['pt', 'Nome;Organização;Tipo;País;Site;Telefone;Idiomas;Horário'],
    ['nl', 'Naam;Organisatie;Soort;Land;Website;Telefoonnummer;Talen;Openingstijden'],
    ['ar', 'الاسم;المنظمة;النوع;الدولة;الموقع;الهاتف;اللغات;ساعات العمل'],
    ['ru', 'Название;Организация;Тип;Страна;Сайт;Телефон;Языки;Часы работы'],
    ['tr', 'Adı;Kurum;Tür;Ülke;İnternet sitesi;Telefon;Diller;Çalışma saatleri'],
    ['pl', 'Nazwa;Organizacja;Rodzaj;Kraj;Strona;Telefon;Języki;Godziny pracy'],
  ])('is guessed from their names in %s', (_, header) => {
    expect(fieldsOf(header)).toEqual([
      'name',
      'organisation',
      'kind',
      'country',
      'website',
      'phone',
      'languages',
      'hours',
    ]);
  });

  it('is guessed from what stands in them', () => {
    const rows = [
      [
        'https://a.example.org',
        '+49 30 123456',
        'a@example.org',
        'Deutsch; English',
        'France',
        'oui',
        '24.12.2025',
        'police',
        'x',
      ],
      ['b.example.org', '116 111', 'b@example.org', 'fr', 'DE', 'nein', '2025-01-01', 'helpline', 'y'],
    ];
    expect(fieldsOf('A;B;C;D;E;F;G;H;I', ...rows)).toEqual([
      'website',
      'phone',
      'email',
      'languages',
      'country',
      'anonymous',
      'lastChecked',
      'kind',
      null,
    ]);
  });

  it('says how sure each guess is, and gives a field to one column only', () => {
    const { mapping, guesses } = guessMapping(
      sourceOf(['Name', 'Service name', 'Phone', 'Foo'], ['A', 'B', 'https://a.org', '']),
    );
    expect(guesses.map(({ field, certainty, reason }) => [field, certainty, reason])).toEqual([
      ['name', 'certain', 'header-exact'],
      [null, 'unclear', 'taken'],
      ['phone', 'unclear', 'content-differs'],
      [null, 'unclear', 'nothing'],
    ]);
    expect(Mapping.safeParse(mapping).success).toBe(true);
  });

  it('is laid on a later file by the names of its columns', () => {
    const saved = guessMapping(sourceOf(['Name', 'Country', 'Phone'])).mapping;
    const { mapping, unknown, missing } = applyMapping(saved, ['phone', 'NAME', 'Fax']);
    expect(mapping.columns.map(({ field }) => field)).toEqual(['phone', 'name', null]);
    expect([unknown, missing]).toEqual([['Fax'], ['Country']]);
  });

  it('is refused when two columns fill a field that takes one', () => {
    const columns = [
      { header: 'a', field: 'name' },
      { header: 'b', field: 'name' },
    ];
    expect(Mapping.safeParse({ columns }).success).toBe(false);
  });
});
