import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 120, wide: true }, { height: 360, wide: true }]} />
}
