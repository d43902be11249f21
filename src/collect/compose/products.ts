export type Role = 'datastore' | 'admin' | 'host-agent' | 'socket-proxy' | 'other'

export interface Product {
  name: string
  role: Role
  /** Ports that the role is about; every port where it is not given. */
  ports?: readonly number[]
}

const names = (role: Role, table: Record<string, string>): [string, Product][] =>
  Object.entries(table).flatMap(([name, images]) =>
    images.split(' ').map((image): [string, Product] => [image, { name, role }]),
  )

/** By the last part of an image's name, as registries and mirrors keep it. */
const byImage = new Map<string, Product>([
  ...names('datastore', {
    PostgreSQL: 'postgres postgresql postgis timescaledb timescaledb-ha pgvector spilo cloudnative-pg',
    PgBouncer: 'pgbouncer',
    MySQL: 'mysql mysql-server percona percona-server',
    MariaDB: 'mariadb mariadb-galera',
    MongoDB: 'mongo mongodb mongodb-community-server percona-server-mongodb',
    Redis: 'redis redis-stack redis-stack-server redis-cluster redis-sentinel',
    Valkey: 'valkey',
    KeyDB: 'keydb',
    Dragonfly: 'dragonfly',
    Memcached: 'memcached',
    Elasticsearch: 'elasticsearch',
    OpenSearch: 'opensearch',
    Solr: 'solr',
    Meilisearch: 'meilisearch',
    RabbitMQ: 'rabbitmq',
    Kafka: 'kafka cp-kafka cp-server',
    Redpanda: 'redpanda',
    ZooKeeper: 'zookeeper cp-zookeeper',
    NATS: 'nats nats-server',
    ActiveMQ: 'activemq activemq-classic activemq-artemis',
    MinIO: 'minio',
    Cassandra: 'cassandra',
    ScyllaDB: 'scylla',
    CouchDB: 'couchdb',
    Couchbase: 'couchbase',
    Neo4j: 'neo4j',
    InfluxDB: 'influxdb',
    ClickHouse: 'clickhouse-server clickhouse',
    CockroachDB: 'cockroach',
    'SQL Server': 'server azure-sql-edge mssql-server',
    Oracle: 'oracle-xe oracle-free oracledb',
    etcd: 'etcd',
    Qdrant: 'qdrant',
    Milvus: 'milvus',
    Weaviate: 'weaviate',
    RethinkDB: 'rethinkdb',
    ArangoDB: 'arangodb',
    DynamoDB: 'dynamodb-local',
    SurrealDB: 'surrealdb',
    QuestDB: 'questdb',
    TiDB: 'tidb',
    HashiCorpVault: 'vault',
  }),
  ...names('admin', {
    Grafana: 'grafana grafana-oss grafana-enterprise',
    Prometheus: 'prometheus',
    Alertmanager: 'alertmanager',
    Kibana: 'kibana',
    'OpenSearch Dashboards': 'opensearch-dashboards',
    pgAdmin: 'pgadmin4',
    phpMyAdmin: 'phpmyadmin',
    Adminer: 'adminer',
    'mongo-express': 'mongo-express',
    'redis-commander': 'redis-commander redisinsight',
    'Kafka UI': 'kafka-ui akhq kafdrop kafka-manager cmak redpanda-console',
    Portainer: 'portainer portainer-ce portainer-ee',
    Flower: 'flower',
    Dozzle: 'dozzle',
    cAdvisor: 'cadvisor',
    'MinIO console': 'console',
    phpLDAPadmin: 'phpldapadmin',
    CloudBeaver: 'cloudbeaver',
    Cerebro: 'cerebro',
    MailHog: 'mailhog mailpit mailcatcher',
  }),
  ['all-in-one', { name: 'Jaeger', role: 'admin', ports: [16686] }],
  ['jaeger', { name: 'Jaeger', role: 'admin', ports: [16686] }],
  ['zipkin', { name: 'Zipkin', role: 'admin', ports: [9411] }],
  ['traefik', { name: 'Traefik', role: 'admin', ports: [8080] }],
  ...names('host-agent', {
    'node-exporter': 'node-exporter',
    Datadog: 'agent datadog-agent',
    Netdata: 'netdata',
    'Elastic agent': 'metricbeat filebeat elastic-agent auditbeat',
    Promtail: 'promtail alloy',
    Falco: 'falco',
    Telegraf: 'telegraf',
    'Fluent Bit': 'fluent-bit fluentd vector',
  }),
  ...names('socket-proxy', { 'docker-socket-proxy': 'docker-socket-proxy socket-proxy docker-proxy' }),
])

/** Ports that nothing but the named product commonly answers on. */
const byPort = new Map<number, Product>(
  (
    [
      [5432, 'PostgreSQL'],
      [3306, 'MySQL'],
      [1433, 'SQL Server'],
      [1521, 'Oracle'],
      [27017, 'MongoDB'],
      [6379, 'Redis'],
      [11211, 'Memcached'],
      [9200, 'Elasticsearch or OpenSearch'],
      [9042, 'Cassandra'],
      [2379, 'etcd'],
      [2181, 'ZooKeeper'],
      [9092, 'Kafka'],
      [5672, 'RabbitMQ'],
      [15672, 'RabbitMQ'],
      [5984, 'CouchDB'],
      [7687, 'Neo4j'],
      [26257, 'CockroachDB'],
    ] as const
  ).map(([port, name]) => [port, { name, role: 'datastore' }]),
)

/** The product that an image is, by its name without tag. */
export const productOf = (repository: string): Product | undefined => {
  const parts = repository.toLowerCase().split('/')
  const last = parts.at(-1) ?? ''
  if (last === 'agent' || last === 'server' || last === 'console')
    return ['datadog', 'mssql', 'minio'].includes(parts.at(-2) ?? '') ? byImage.get(last) : undefined
  if (last === 'all-in-one' && parts.at(-2) !== 'jaegertracing') return undefined
  return byImage.get(last)
}

/** What answers on a service's port, where that is a datastore or an admin interface. */
export const answering = (product: Product | undefined, target: number | undefined): Product | undefined => {
  if (product !== undefined && (product.role === 'datastore' || product.role === 'admin'))
    return product.ports === undefined || (target !== undefined && product.ports.includes(target)) ? product : undefined
  return target === undefined ? undefined : byPort.get(target)
}
