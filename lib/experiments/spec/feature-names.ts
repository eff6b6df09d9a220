/** The 39 features by name, for specs that leave them out. */
export { PAPER_FEATURES } from '@/lib/features/catalogue'
