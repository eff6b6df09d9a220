/** Questions to a worker by name, each with what is asked and what is answered. */
export type CallMap<C> = { readonly [N in keyof C]: { readonly ask: unknown; readonly answer: unknown } }
export type CallName<C> = keyof C & string

export interface Request<C extends CallMap<C>, N extends CallName<C> = CallName<C>> { readonly id: number; readonly name: N; readonly ask: C[N]['ask'] }
/** Asks that a call be given up; its answer is then the error 'cancelled'. */
export interface Cancel { readonly id: number; readonly cancel: true }
export type Reply<P> =
  | { readonly id: number; readonly kind: 'answer'; readonly answer: unknown }
  | { readonly id: number; readonly kind: 'progress'; readonly progress: P }
  | { readonly id: number; readonly kind: 'error'; readonly code: string; readonly message: string }
