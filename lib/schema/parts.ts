/** Common parts of the schemas, and the types that follow from them. */
import { z } from 'zod';

export const number = z.number();
export const text = z.string();
/** Null: unknown or missing. */
export const maybe = number.nullable();
export const maybeText = text.nullable();
export const numbers = z.array(number).readonly();
export const texts = z.array(text).readonly();
export const textByName = z.record(text, text).readonly();
export const byName = z.record(text, number).readonly();

/** An object whose fields all have the same shape. */
export function fields<Name extends string, Shape extends z.ZodType>(
  names: readonly Name[],
  shape: Shape,
) {
  return z.object(Object.fromEntries(names.map((name) => [name, shape])) as Record<Name, Shape>);
}

/** The type of a schema's values. */
export type Of<Schema extends z.ZodType> = Frozen<z.infer<Schema>>;

type Frozen<Value> = Value extends object
  ? { readonly [Name in keyof Value]: Frozen<Value[Name]> }
  : Value;
