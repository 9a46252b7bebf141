import './session/one-time-code' // takes the code out of the address before the router remembers it
import { createApp } from 'vue'
import 'element-plus/es/components/message/style/css'
import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import App from './App.vue'
import './layout/look.css'
import './layout/theme'
import { router } from './router'
import { i18n } from './words'

createApp(App).use(router).use(i18n).mount('#console')
