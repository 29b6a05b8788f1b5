import type { NodeWords } from '../../node-words.ts'

const zone = {
  title: 'ID da zona',
  help: 'Na página de visão geral do domínio, na Cloudflare.',
  placeholder: '023e105f4ecef8ad9ca31a8372d0c353',
}
const name = { title: 'Nome', help: 'O nome inteiro.', placeholder: 'loja.exemplo.com' }

export const cloudflareNodes: Readonly<Record<string, NodeWords>> = {
  cloudflare_list_dns: {
    title: 'Listar registros DNS',
    summary: 'Lê os registros DNS de uma zona na Cloudflare.',
    line: 'Registros DNS {search}',
    examples: ['Todos de uma zona'],
    fields: {
      zone,
      type: { title: 'Tipo', options: { any: 'Qualquer um' } },
      search: { title: 'O nome contém', placeholder: 'loja' },
      most: { title: 'No máximo' },
    },
  },
  cloudflare_set_dns: {
    title: 'Definir um registro DNS',
    summary: 'Cria o registro, ou muda o que tem o mesmo tipo e nome.',
    line: '{type} {name} → {content}',
    examples: ['Um nome novo'],
    fields: {
      zone,
      type: { title: 'Tipo' },
      name,
      content: {
        title: 'Conteúdo',
        help: 'Um endereço, um nome ou um texto, como o tipo pede.',
        placeholder: '198.51.100.4',
      },
      ttl: { title: 'Segundos em que é guardado', help: '1: a Cloudflare decide.' },
      proxied: {
        title: 'Pela Cloudflare',
        help: 'Para A, AAAA e CNAME: quem visita chega à Cloudflare, e ela ao seu servidor.',
      },
      priority: { title: 'Prioridade', help: 'Para MX: a menor é tentada primeiro.' },
    },
  },
  cloudflare_delete_dns: {
    title: 'Apagar registros DNS',
    summary: 'Apaga todos os registros de um tipo e nome; só os de um conteúdo, quando ele é dado.',
    line: 'Apagar {type} {name}',
    examples: ['Um nome que não se usa mais'],
    fields: {
      zone,
      type: { title: 'Tipo' },
      name,
      content: { title: 'Só com o conteúdo', help: 'Vazio para todos.', placeholder: '198.51.100.4' },
    },
  },
  cloudflare_purge_cache: {
    title: 'Limpar o cache da Cloudflare',
    summary: 'Faz a Cloudflare buscar páginas e arquivos de novo.',
    line: 'Limpar o cache',
    examples: ['Depois que uma página mudou'],
    fields: {
      zone,
      what: { title: 'O quê' },
      'what/addresses': { title: 'Alguns endereços' },
      'what/addresses/urls': {
        title: 'Endereços',
        help: 'Inteiros; no máximo 30.',
        placeholder: 'https://exemplo.com/a.css',
      },
      'what/hosts': { title: 'Alguns domínios' },
      'what/hosts/hosts': { title: 'Domínios', placeholder: 'loja.exemplo.com' },
      'what/tags': { title: 'Algumas tags' },
      'what/tags/tags': { title: 'Tags', help: 'Como o seu servidor as nomeia no cabeçalho Cache-Tag.' },
      'what/everything': { title: 'Tudo' },
    },
  },
}
