import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import type { Role } from '@/api/session'

declare module 'vue-router' {
  interface RouteMeta {
    title: string // key of the words
    needs?: Role
    within?: string // name of the screen that leads here
    letter?: string // after g on the keyboard
  }
}

export const screens: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'overview',
    component: () => import('@/screens/overview/OverviewScreen.vue'),
    meta: { title: 'overview.title', letter: 'o' },
  },
  {
    path: '/documents',
    name: 'documents',
    component: () => import('@/screens/documents/DocumentsScreen.vue'),
    meta: { title: 'documents.title', letter: 'd' },
  },
  {
    path: '/documents/:id',
    name: 'document',
    component: () => import('@/screens/document/DocumentScreen.vue'),
    props: true,
    meta: { title: 'document.title', within: 'documents' },
  },
  {
    path: '/documents/:id/amend',
    name: 'amend',
    component: () => import('@/screens/amend/AmendScreen.vue'),
    props: true,
    meta: { title: 'amend.title', needs: 'operator', within: 'documents' },
  },
  {
    path: '/waiting',
    name: 'waiting',
    component: () => import('@/screens/waiting/WaitingScreen.vue'),
    meta: { title: 'waiting.title', letter: 'w' },
  },
  {
    path: '/replays',
    name: 'replays',
    component: () => import('@/screens/replay/ReplaysScreen.vue'),
    meta: { title: 'replay.title', needs: 'operator', letter: 'r' },
  },
  {
    path: '/replays/:id',
    name: 'replay',
    component: () => import('@/screens/replay/ReplayScreen.vue'),
    props: true,
    meta: { title: 'replay.one', needs: 'operator', within: 'replays' },
  },
  {
    path: '/refusals',
    name: 'refusals',
    component: () => import('@/screens/refusals/RefusalsScreen.vue'),
    meta: { title: 'refusals.title', letter: 'f' },
  },
  {
    path: '/reconciliation',
    name: 'reconciliation',
    component: () => import('@/screens/reconciliation/ReconciliationScreen.vue'),
    meta: { title: 'reconciliation.title', letter: 'c' },
  },
  {
    path: '/ports',
    name: 'ports',
    component: () => import('@/screens/ports/PortsScreen.vue'),
    meta: { title: 'ports.title', letter: 'p' },
  },
  {
    path: '/audit',
    name: 'audit',
    component: () => import('@/screens/audit/AuditScreen.vue'),
    meta: { title: 'audit.title', needs: 'operator', letter: 'a' },
  },
  {
    path: '/tables',
    name: 'tables',
    component: () => import('@/screens/tables/TablesScreen.vue'),
    meta: { title: 'tables.title', letter: 't' },
  },
  {
    path: '/account',
    name: 'account',
    component: () => import('@/screens/account/AccountScreen.vue'),
    meta: { title: 'account.title', letter: 'm' },
  },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('@/layout/NotFound.vue'),
    meta: { title: 'shell.notFound' },
  },
]

export const router = createRouter({
  history: createWebHistory('/console/'),
  routes: screens,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
})
