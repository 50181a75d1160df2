/** The member, unless it is absent: HSDS has no null, and strict schemas tell an undefined member from none. */
export function given<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty ? {} : ({ [key]: value } as { [key in K]?: V }); // One member, of that key.
}
