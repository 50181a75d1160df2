import { expect, it } from 'vitest';
import { findAddress, findPhone } from '@waymark/domain';
import { readPage } from './readPage.ts';

const read = (html: string, type = 'text/html; charset=utf-8') => readPage(new TextEncoder().encode(html), type);
const shows = (html: string) => findPhone(read(html).text, { kind: 'short', digits: '116111', country: 'DE' }).found;

it.each([
  ['plainly', '<p>Call 116 111</p>'],
  ['in pieces', '<p>Call <b>116</b> <span>111</span></p>'],
  ['in pieces without a space', '<p><b>116</b><b>111</b></p>'],
  ['in a link to press', '<a href="tel:116111">Call us</a>'],
  ['in a link with percent signs', '<a href="tel:116%20111">Call us</a>'],
  ['for screen readers', '<img src="n.png" alt="Call 116 111">'],
  ['in an entity', '<p>&#49;&#49;6&nbsp;111</p>'],
  ['in tags nobody closed', '<div><p>Call <i>116 111'],
])('shows a number %s', (_how, html) => expect(shows(html)).toBe(true));

it.each([
  ['a comment', '<!-- 116 111 --><p>Call us</p>'],
  ['a script', '<script>const n = "116 111"</script><p>Call us</p>'],
  ['a style', '<style>a::after { content: "116 111" }</style><p>Call us</p>'],
  ['a template', '<template>116 111</template><p>Call us</p>'],
  ['two cells of a table', '<table><tr><td>116</td></tr><tr><td>111</td></tr></table>'],
  ['a footnote', '<p>116 11<sup>1</sup></p>'],
  ['a link to elsewhere', '<a href="https://example.org/116111">Call us</a>'],
])('shows none in %s', (_where, html) => expect(shows(html)).toBe(false));

it('reads other charsets, and pages that lie about theirs', () => {
  const bytes = Buffer.from('<meta charset="windows-1251"><p>\xd2\xe5\xeb. 116 111', 'latin1');
  expect(readPage(bytes, 'text/html').text).toContain('Тел. 116 111');
  expect(readPage(bytes, 'text/html; charset=nonsense').text).toContain('116 111');
  expect(read('Call <b>116 111', 'text/plain').text).toBe('Call <b>116 111');
});

it('sees through the shield before a mail address', () => {
  const { text } = read('<a data-cfemail="2a424f465a6a4f524b475a464f0445584d">[email protected]</a>');
  expect(findAddress(text, 'help@example.org').found).toBe(true);
});

it('knows when it does not see what people see', () => {
  expect(read('<div id="app"></div><script src="/app.js"></script>').isAll).toBe(false);
  expect(read('<div>'.repeat(20_000)).isAll).toBe(false);
  expect(read('<script src="/x.js"></script><p>Call us any time, we listen to you</p>').isAll).toBe(true);
  expect(read('').isAll).toBe(true);
});
