export { ContextSkeleton as default } from '@/components/context-view/context-room'
