import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 78, wide: true }, { height: 300, wide: true }, { height: 120, wide: true }]} />
}
