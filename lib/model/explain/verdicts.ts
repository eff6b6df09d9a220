/** Verdicts of the linked family: the line's own action, the action that a slot holds, or a label in the network's own words. */
export const OWN_VERDICT = 'own action'
export const SLOT_VERDICT = 'action of link.'
export const LABEL_VERDICT = 'label '
