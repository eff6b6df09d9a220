import type { StarterWatch } from '../watch'
import { CONTROL_PLANE } from './control-plane'
import { CREDENTIALS } from './credentials'
import { DISCOVERY } from './discovery'
import { EXECUTION } from './execution'
import { IMPACT } from './impact'
import { PRIVILEGES } from './privileges'
import { WORKLOADS } from './workloads'

/**
 * Watches that ship: what common rule sets for Kubernetes audit logs look for, asked of contexts. A context's trigger is someone from
 * outside the control plane, so what controllers do of themselves raises nothing, and what they do for someone is told of that one.
 */
export const STARTER_WATCHES: readonly StarterWatch[] = Object.freeze([...EXECUTION, ...CREDENTIALS, ...PRIVILEGES, ...WORKLOADS, ...CONTROL_PLANE, ...IMPACT, ...DISCOVERY])
