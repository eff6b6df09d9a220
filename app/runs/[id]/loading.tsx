import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 60, wide: true }, { height: 300 }, { height: 300 }, { height: 420, wide: true }]} />
}
