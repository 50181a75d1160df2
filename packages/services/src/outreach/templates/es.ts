import type { LetterTexts } from './shape.ts';

const what = `Miren, por favor, lo que publicamos sobre ustedes y digan si es correcto. Lleva unos dos minutos y no hace falta cuenta:

{{link}}

El enlace funciona una sola vez, hasta el {{until}}. Solo muestra las entradas de {{organisation}}:

{{entries}}

Por favor, no reenvíen esta carta: quien tenga el enlace responde por ustedes. Nunca pedimos contraseñas ni que nos envíen denuncias o material.

Si prefieren que no les escribamos, o que preguntemos de otra manera, díganlo en una respuesta.

Waymark, directorio de líneas de denuncia y de ayuda
{{place}}`;

export default {
  first: {
    subject: '¿Sigue siendo correcto? {{organisation}} en el directorio Waymark',
    body: `Hola:

Waymark es un directorio que lleva a niños y adultos a líneas de denuncia y de ayuda. {{organisation}} figura en él.

${what}`,
  },
  reminder: {
    subject: 'Recordatorio: ¿sigue siendo correcto? {{organisation}} en el directorio Waymark',
    body: `Hola:

Les escribimos hace un tiempo y no hemos tenido respuesta. Lo que nadie confirma solo podemos mostrarlo por un tiempo.

${what}`,
  },
  'other-contact': {
    subject: '¿Pueden ayudarnos? {{organisation}} en el directorio Waymark',
    body: `Hola:

Waymark es un directorio que lleva a niños y adultos a líneas de denuncia y de ayuda. {{organisation}} figura en él. Preguntamos a otra persona de contacto y no hubo respuesta; por eso les preguntamos a ustedes.

${what}`,
  },
} satisfies LetterTexts;
