import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 32, wide: true }, { height: 560, wide: true }]} />
}
