metadata description = 'What is wrong with the parameters, each by the name that an operator sets it by. Bicep has no patterns, so characters are counted.'

@description('Whether every character is one of the allowed ones.')
func isMadeOf(value string, allowed string) bool =>
  empty(filter(range(0, length(value)), place => !contains(allowed, substring(value, place, 1))))

@description('Whether it begins with a day, YYYY-MM-DD, and goes on with a time or not at all.')
func isDay(value string) bool =>
  length(value) >= 10 && length(split(take(value, 10), '-')) == 3 && isMadeOf(
    '${take(value, 4)}${take(skip(value, 5), 2)}${take(skip(value, 8), 2)}',
    '0123456789'
  ) && take(skip(value, 4), 1) == '-' && contains(
    map(range(1, 12), month => padLeft(month, 2, '0')),
    take(skip(value, 5), 2)
  ) && contains(map(range(1, 31), day => padLeft(day, 2, '0')), take(skip(value, 8), 2)) && contains(
    ['', 'T', ' '],
    take(skip(value, 10), 1)
  )

@description('The problem, unless all is well.')
func unless(isRight bool, name string, problem string) string[] => isRight ? [] : ['${name}: ${problem}']

@description('Whether it is a host\'s name, with a dot and without anything around it.')
func isHost(value string) bool =>
  contains(value, '.') && isMadeOf(value, 'abcdefghijklmnopqrstuvwxyz0123456789.-') && !contains(value, '..') && !startsWith(
    value,
    '.'
  ) && !endsWith(value, '.')

@description('Whether it is https://HOST/, with or without a port.')
func isAddress(value string) bool =>
  startsWith(value, 'https://') && endsWith(value, '/') && length(split(value, '/')) == 4 && isHost(toLower(split(
    split(value, '/')[2],
    ':'
  )[0])) && isMadeOf(string(last(split('${split(value, '/')[2]}:0', ':'))), '0123456789')

@description('Whether it is a mail address, as far as that can be told.')
func isMail(value string) bool =>
  length(split(value, '@')) == 2 && !empty(first(split(value, '@'))) && isHost(toLower(last(split(value, '@')))) && !contains(
    value,
    ' '
  )

@description('Whether it is a number above zero with at most one point.')
func isAboveZero(value string) bool =>
  isMadeOf(value, '0123456789.') && length(split(value, '.')) <= 2 && !startsWith(value, '.') && !endsWith(value, '.') && !isMadeOf(
    value,
    '0.'
  )

@description('Which of these fields of the mapping are empty or no field codes.')
func fields(path string, section object, names string[]) string[] =>
  map(
    filter(
      names,
      name =>
        empty(string(section[?name] ?? '')) || !isMadeOf(
          string(section[?name] ?? ''),
          'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'
        )
    ),
    name => '${path}__${name}: the code of a field is expected, such as UF_CRM_1608028374'
  )

@description('Whether the status has a field of its own: every record writes there.')
func statusField(path string, section object, names string[]) string[] =>
  unless(
    startsWith(string(section.?StatusField ?? ''), 'UF_CRM_') && empty(filter(
      names,
      name => string(section[?name] ?? '') == string(section.?StatusField ?? '')
    )),
    '${path}__StatusField',
    'a field of its own is expected, with a code that begins with UF_CRM_'
  )

@description('What one route lacks.')
func route(item object, index int) string[] =>
  flatten([
    unless(!empty(string(item.?Product ?? '')), 'Mapping__Contact__Routes__${index}__Product', 'required')
    unless(!empty(string(item.?BranchOffice ?? '')), 'Mapping__Contact__Routes__${index}__BranchOffice', 'required')
    unless(
      !empty(item.?Courses ?? []),
      'Mapping__Contact__Routes__${index}__Courses',
      'at least one course is required'
    )
    flatten(map(
      range(0, length(item.?Courses ?? [])),
      course =>
        unless(
          !empty(string((item.?Courses ?? [])[course])),
          'Mapping__Contact__Routes__${index}__Courses__${course}',
          'required'
        )
    ))
  ])

@description('What the contacts\' part of a mapping lacks.')
func contactProblems(contact object) string[] =>
  flatten([
    fields('Mapping__Contact', contact, [
      'StudentLastNameField'
      'StudentFirstNameField'
      'BirthdateField'
      'ProductField'
      'BranchField'
    ])
    statusField('Mapping__Contact', contact, [
      'StudentLastNameField'
      'StudentFirstNameField'
      'BirthdateField'
      'ProductField'
      'BranchField'
    ])
    unless(!empty(contact.?Routes ?? []), 'Mapping__Contact__Routes', 'at least one product is required')
    flatten(map(range(0, length(contact.?Routes ?? [])), index => route((contact.?Routes ?? [])[index], index)))
  ])

@description('What the deals\' part of a mapping lacks.')
func dealProblems(deal object) string[] =>
  flatten([
    fields('Mapping__Deal', deal, ['SellingDateField', 'BranchField', 'PaymentMethodField'])
    statusField('Mapping__Deal', deal, ['SellingDateField', 'BranchField', 'PaymentMethodField'])
    unless(!empty(deal.?Stages ?? []), 'Mapping__Deal__Stages', 'at least one stage is required, usually WON')
    unless(
      !empty(deal.?CashPaymentMethods ?? []),
      'Mapping__Deal__CashPaymentMethods',
      'at least one payment method is required'
    )
    unless(!empty(deal.?BranchOffices ?? {}), 'Mapping__Deal__BranchOffices', 'at least one branch is required')
    map(
      filter(items(deal.?BranchOffices ?? {}), office => empty(string(office.value))),
      office => 'Mapping__Deal__BranchOffices__${office.key}: required'
    )
  ])

@export()
@description('What a mapping lacks; the app checks it again, and more closely.')
func mappingProblems(mapping object) string[] =>
  empty(mapping)
    ? ['MAPPING_JSON: not set; azd provision asks for it, or set MAPPING_FILE']
    : flatten([
        contactProblems(mapping.?Mapping.?Contact ?? {})
        dealProblems(mapping.?Mapping.?Deal ?? {})
      ])

@export()
@description('What is wrong with the names that the resources get.')
func nameProblems(environmentName string, school string, operatorPrincipalId string) string[] =>
  flatten([
    unless(
      isMadeOf(toLower(environmentName), 'abcdefghijklmnopqrstuvwxyz0123456789-') && length(environmentName) <= 40 && !empty(environmentName),
      'AZURE_ENV_NAME',
      '1 to 40 letters, digits and hyphens are expected'
    )
    unless(
      isMadeOf(school, 'abcdefghijklmnopqrstuvwxyz0123456789') && length(school) >= 2 && length(school) <= 10,
      'SCHOOL',
      '2 to 10 letters and digits are expected'
    )
    unless(
      empty(operatorPrincipalId) || (length(operatorPrincipalId) == 36 && length(split(operatorPrincipalId, '-')) == 5 && isMadeOf(
        toLower(operatorPrincipalId),
        '0123456789abcdef-'
      )),
      'OPERATOR_PRINCIPAL_ID',
      'an object ID of Entra is expected, 00000000-0000-0000-0000-000000000000'
    )
  ])

@export()
@description('What is wrong with what the jobs are told.')
func jobProblems(start string, contacts string, deals string, baseUrl string, extra object) string[] =>
  flatten([
    unless(isDay(start), 'SYNC_START_DATE', 'a day is expected, such as 2020-12-20')
    unless(empty(contacts) || isDay(contacts), 'SYNC_CONTACTS_LAST_MODIFY_TIMESTAMP', 'a day or a time is expected')
    unless(empty(deals) || isDay(deals), 'SYNC_DEAL_LAST_MODIFY_TIMESTAMP', 'a day or a time is expected')
    unless(isAddress(baseUrl), 'OTMECHALKA_BASE_URL', 'https://HOST/ is expected')
    map(
      filter(items(extra), setting => !contains(setting.key, '__') || startsWith(toLower(setting.key), 'azurewebjobs')),
      setting => 'EXTRA_SETTINGS: ${setting.key} is set by the deployment itself'
    )
    map(
      filter(items(extra), setting => contains(['bitrix24__webhookurl', 'otmechalka__apikey'], toLower(setting.key))),
      setting => 'EXTRA_SETTINGS: ${setting.key} is a secret and belongs into the vault'
    )
    map(
      filter(
        items(extra),
        setting =>
          contains(['otmechalka__baseurl', 'sync__tablename'], toLower(setting.key)) || startsWith(
            toLower(setting.key),
            'mapping__'
          )
      ),
      setting => 'EXTRA_SETTINGS: ${setting.key} is set by the deployment itself'
    )
  ])

@export()
@description('Whether a job may run that often.')
func periodProblems(name string, minutes int, allowed int[]) string[] =>
  unless(contains(allowed, minutes), name, 'one of ${join(map(allowed, item => string(item)), ', ')} is expected')

@export()
@description('What is wrong with who is told what.')
func watchProblems(stage string, emails string[], levels object, portalHost string, dailyLogCapGb string) string[] =>
  flatten([
    unless(
      stage != 'production' || !empty(emails),
      'ALERT_EMAILS',
      'production needs somebody who is told when it stops'
    )
    map(filter(emails, email => !isMail(email)), email => 'ALERT_EMAILS: ${email} is no mail address')
    unless(isHost(portalHost), 'BITRIX24_PORTAL_HOST', 'a host is expected, such as example.bitrix24.ru')
    unless(
      isAboveZero(dailyLogCapGb) && length(dailyLogCapGb) <= 6,
      'DAILY_LOG_CAP_GB',
      'a number of gigabytes above zero is expected'
    )
    unless(levels.clients >= 1 && levels.clients <= 5000, 'ALERT_CLIENTS', 'from 1 to 5000')
    unless(levels.backlogMinutes >= 1, 'ALERT_BACKLOG_MINUTES', 'at least 1')
    unless(levels.refusedPercent >= 1 && levels.refusedPercent <= 100, 'ALERT_REFUSED_PERCENT', 'from 1 to 100')
    unless(levels.statusesOwed >= 1, 'ALERT_STATUSES_OWED', 'at least 1')
  ])
