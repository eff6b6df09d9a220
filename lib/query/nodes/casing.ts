/** Whether upper and lower case are told apart; `ignored` is written with a `~` behind the operator. */
export type Casing = 'exact' | 'ignored'
