/** SHA-256 of the grammar.lark that the parser was made from. */
export const GRAMMAR_SHA256: string

export interface Token {
  readonly type: string
  readonly value: string
  readonly start_pos: number
  /** Null on the end token of an empty text. */
  readonly end_pos: number | null
}

export interface Tree {
  readonly data: string
  readonly children: readonly (Tree | Token)[]
  readonly meta: { readonly start_pos?: number; readonly end_pos?: number }
}

export class UnexpectedInput extends Error {}

export class UnexpectedToken extends UnexpectedInput {
  readonly token: Token
  readonly expected: Iterable<string>
}

export class UnexpectedCharacters extends UnexpectedInput {
  readonly pos_in_stream: number
}

export function get_parser(options?: { propagate_positions?: boolean }): { parse(text: string): Tree }
