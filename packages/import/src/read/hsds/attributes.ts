import { isTree, textOf, treesOf, type Tree } from '../tree.ts';

export type Attribute = { code: string; value?: string };

/** Attributes of one of our vocabularies, by the name of its taxonomy. */
export function attributesOf(item: Tree, taxonomy: string): Attribute[] {
  return treesOf(item, 'attributes').flatMap((attribute) => {
    const term = isTree(attribute['taxonomy_term']) ? attribute['taxonomy_term'] : {};
    const code = textOf(term, 'code');
    const name = textOf(term, 'taxonomy') ?? textOf(attribute, 'link_type');
    const value = textOf(attribute, 'value');
    return code === undefined || name !== taxonomy ? [] : [{ code, ...(value === undefined ? {} : { value }) }];
  });
}

export function membershipsOf(item: Tree): { network: string; status?: string }[] {
  return attributesOf(item, 'network').map(({ code, value }) => ({
    network: code,
    ...(value === undefined ? {} : { status: value }),
  }));
}

/** HSDS does not say in which language a text is (BCP 47 `und`): whoever compares or reviews it must. */
export function textUnd(text: string | undefined): { und: { text: string } } | undefined {
  return text === undefined ? undefined : { und: { text } };
}
