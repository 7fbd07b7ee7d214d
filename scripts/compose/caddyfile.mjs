/**
 * The edge proxy's configuration: each public path goes to the role `api` of its service. `/internal` goes nowhere.
 * @param {Readonly<Record<string, readonly string[]>>} routes
 * @returns {string}
 */
export function caddyfile(routes) {
  const services = Object.entries(routes).map(([service, prefixes]) => {
    const paths = prefixes.flatMap((prefix) => [prefix, `${prefix}/*`]);
    return `	@${service} path ${paths.join(' ')}
	handle @${service} {
		reverse_proxy {
			# Every replica, also those that are started later.
			dynamic a ${service}-api 3000 {
				refresh 2s
			}
			lb_try_duration 2s
		}
	}
`;
  });
  return `# Generated from libs/contracts/src/edge.ts by \`node scripts/check-compose.mjs --write\`.
{
	admin off
	auto_https off
}

:3000 {
${services.join('\n')}
	# What the local catchers received; there are none in production.
	@dev path /dev/*
	handle @dev {
		reverse_proxy catcher:8090
	}

	handle /health/live {
		header Content-Type application/json
		respond \`{"status":"ok"}\` 200
	}

	handle {
		header Content-Type application/problem+json
		respond \`{"type":"urn:idxcoop:problem:not_found","title":"Tidak ditemukan","status":404,"code":"not_found"}\` 404
	}
}
`;
}
