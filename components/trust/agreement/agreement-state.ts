import { AGREEMENT_PARTS, type AgreementPart } from '@/lib/labelling/agreement/ratings'
import { setParam } from '@/components/url/list-codec'
import type { UrlCodec } from '@/components/url/use-url-state'

/** What the address of the agreement page says; empty sides are chosen by the server. */
export interface AgreementState {
  readonly a: string
  readonly b: string
  readonly part: AgreementPart
  /** The open cell: what A said, and what B said. */
  readonly cell: readonly [string, string] | null
}

export const agreementCodec: UrlCodec<AgreementState> = {
  read: (params) => {
    const [first, second] = [params.get('said'), params.get('against')]
    return {
      a: params.get('a')?.slice(0, 80) ?? '', b: params.get('b')?.slice(0, 80) ?? '', part: AGREEMENT_PARTS.find((part) => part === params.get('part')) ?? 'whole',
      cell: first === null || second === null ? null : [first.slice(0, 600), second.slice(0, 600)],
    }
  },
  write: ({ a, b, part, cell }) => {
    const params = new URLSearchParams()
    setParam(params, 'a', a)
    setParam(params, 'b', b)
    setParam(params, 'part', part === 'whole' ? '' : part)
    if (cell) {
      params.set('said', cell[0])
      params.set('against', cell[1])
    }
    return params
  },
}

/** The question of a page at this state. */
export function pairQueryText({ a, b, part }: { readonly a: string; readonly b: string; readonly part?: AgreementPart }): string {
  const params = new URLSearchParams()
  setParam(params, 'a', a)
  setParam(params, 'b', b)
  if (part !== undefined) setParam(params, 'part', part)
  return params.size === 0 ? '' : `?${params.toString()}`
}
