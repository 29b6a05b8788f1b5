export const agents = { tools: 'Tools' }
