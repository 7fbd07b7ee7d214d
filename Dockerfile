# One image for every service and role; the command says which (see docker-compose.yml).
FROM node:24.11.1-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && chown -R node:node /app
USER node

FROM node:24.11.1-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24.11.1-slim AS runtime
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY docs/asyncapi.yaml docs/asyncapi.yaml
COPY scripts scripts
COPY deploy/compose deploy/compose
COPY apps/content-indexing/data apps/content-indexing/data
# The keys of an installation are written here by the one-shot service `keys`.
RUN mkdir /keys && chown node:node /keys
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/apps/onboarding/src/main.js"]
