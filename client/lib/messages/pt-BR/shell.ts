import type { shell as en } from '../en/shell.ts'
import type { Translation } from '../translation.ts'

export const shell: Translation<typeof en> = {
  nav: {
    label: 'Principal',
    workflows: 'Fluxos',
    runs: 'Execuções',
    tasks: 'Tarefas',
    attention: 'Precisa de atenção',
    dashboard: 'Painel',
    alerts: 'Alertas',
    audit: 'Auditoria',
    library: 'Biblioteca',
    connections: 'Conexões',
    members: 'Membros',
    apiKeys: 'Chaves de API',
    more: 'Mais',
    collapse: 'Recolher a navegação',
    expand: 'Expandir a navegação',
    skip: 'Ir para o conteúdo',
  },
  tenants: {
    label: 'Trocar de espaço',
    current: 'Espaço: {name}',
    search: 'Buscar um espaço',
    none: 'Nenhum espaço tem esse nome.',
    create: 'Novo espaço',
  },
  account: {
    label: 'Conta: {name}',
    settings: 'Configurações da conta',
    theme: 'Tema',
    themeSystem: 'Igual ao do sistema',
    themeLight: 'Claro',
    themeDark: 'Escuro',
    language: 'Idioma',
    signOut: 'Sair',
  },
  commands: {
    short: 'Buscar',
    open: 'Busca e comandos',
    title: 'Ir a uma página ou fazer algo',
    placeholder: 'Digite uma página, um espaço ou um comando',
    none: 'Nada com esse nome.',
    goTo: 'Ir para {page}',
    newWorkflow: 'Novo fluxo',
    switchTo: 'Mudar para {tenant}',
    theme: 'Tema: {theme}',
  },
  roles: {
    owner: 'Dono',
    admin: 'Administrador',
    editor: 'Editor',
    viewer: 'Leitor',
  },
  trouble: {
    not_found: {
      title: 'Não encontrado',
      body: 'Pode ter sido excluído, ou você pode não ter acesso.',
    },
    forbidden: {
      title: 'Sem permissão',
      body: 'Seu papel não inclui isso. Peça a um administrador deste espaço.',
    },
    conflict: {
      title: 'Mudou nesse meio-tempo',
      body: 'Outra pessoa alterou isto, ou ainda está em uso. Recarregue e tente de novo.',
    },
    invalid: {
      title: 'Não foi aceito',
      body: 'Algo não está válido. Confira os campos e tente de novo.',
    },
    unprocessable: {
      title: 'Não é possível',
      body: 'O que foi enviado está completo, mas não pode ser feito desse jeito.',
    },
    limit_reached: {
      title: 'Demais de uma vez',
      body: 'Um limite foi atingido. Espere um momento e tente de novo.',
    },
    signed_out: {
      title: 'Sua sessão terminou',
      body: 'Entre de novo para continuar.',
    },
    offline: {
      title: 'O servidor não respondeu',
      body: 'Confira sua conexão e tente de novo.',
    },
    suspended: {
      title: 'Este espaço está suspenso',
      body: 'Nada começa até que um administrador da instalação o libere.',
      because: '{why} Nada começa até que um administrador da instalação libere o espaço.',
    },
    runsPerMinute: {
      title: 'Execuções demais em um minuto',
      body: 'Este espaço pode iniciar {most, number} execuções por minuto. Espere um momento e tente de novo.',
    },
    queuedRuns: {
      title: 'A fila está cheia',
      body: 'Já há {most, number} execuções na fila, o máximo deste espaço. Tente de novo quando algumas terminarem.',
    },
    dailyRuns: {
      title: 'Execuções demais por hoje',
      body: 'Este espaço pode iniciar {most, number} execuções por dia. Tente de novo depois da meia-noite (UTC).',
    },
    unexpected: {
      title: 'Algo deu errado do nosso lado',
      body: 'Tente de novo. Se continuar, informe o número da requisição ao administrador.',
    },
  },
  notice: {
    label: 'Situação deste espaço',
    suspended: 'Este espaço está suspenso.',
    suspendedSince: 'Nada começa até que um administrador da instalação o libere.',
    tenant: 'As execuções deste espaço estão pausadas.',
    installation: 'Todas as execuções estão pausadas no momento.',
    waiting:
      'As novas esperam na fila e seguem sozinhas assim que um administrador da instalação as retomar.',
  },
  crash: {
    title: 'Esta página parou de funcionar',
    body: 'Nada do que você salvou se perdeu. Recarregue a página para continuar.',
    reload: 'Recarregar a página',
  },
  noTenant: {
    title: 'Você não tem acesso a este lugar',
    body: 'Não há espaço neste endereço, ou você não é membro dele.',
    action: 'Ir para os meus fluxos',
  },
  notFound: {
    title: 'Este fio não leva a lugar nenhum',
    body: 'Não há página neste endereço.',
    action: 'Ir para o início',
  },
  auth: {
    wrong_login: 'Nenhuma conta tem esse e-mail e essa senha. Confira os dois e tente de novo.',
    email_taken: 'Já existe uma conta com esse e-mail. Entre com ela.',
    invalid_email: 'Isto não é um endereço de e-mail.',
    password_short: 'Use pelo menos 10 caracteres.',
    password_long: 'Use no máximo 128 caracteres.',
    wrong_password: 'Esta não é a sua senha atual.',
    too_many: 'Foram muitas tentativas. Espere um minuto e tente de novo.',
    closed: 'Esta instalação não aceita contas novas. Peça um convite ao administrador.',
    offline: 'O servidor não responde. Confira sua conexão e tente de novo.',
    unexpected: 'Algo deu errado do nosso lado. Tente de novo.',
  },
}
