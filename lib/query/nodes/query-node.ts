import type { AffixNode } from './affix-node'
import type { AndNode } from './and-node'
import type { ComparisonNode } from './comparison-node'
import type { ContainsNode } from './contains-node'
import type { ExistsNode } from './exists-node'
import type { MembershipNode } from './membership-node'
import type { NotNode } from './not-node'
import type { OrNode } from './or-node'
import type { QuantifierNode } from './quantifier-node'
import type { RangeNode } from './range-node'
import type { RegexpNode } from './regexp-node'

/** A node that is true or false of a record. Every node is frozen. */
export type QueryNode =
  | AndNode
  | OrNode
  | NotNode
  | ComparisonNode
  | RangeNode
  | MembershipNode
  | ExistsNode
  | RegexpNode
  | ContainsNode
  | AffixNode
  | QuantifierNode
