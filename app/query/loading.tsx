import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 104, wide: true }, { height: 140, wide: true }, { height: 420, wide: true }]} />
}
