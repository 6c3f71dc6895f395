// Shows the OpenAPI description; the files of Swagger UI come from a Python package, so nothing is fetched elsewhere.

SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger", deepLinking: true, validatorUrl: null });
