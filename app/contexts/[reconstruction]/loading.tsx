import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 32, wide: true }, { height: 76, wide: true }, { height: 480, wide: true }]} />
}
