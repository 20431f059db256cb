# Compiles schemas/ and the icons of the step types into pe_format: one generated source with their
# bytes.
file(GLOB_RECURSE PE_EMBEDDED_FILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/schemas/*.json)
file(GLOB PE_EMBEDDED_ICONS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/resources/icons/*.svg)
set(PE_EMBEDDED_SOURCE ${CMAKE_BINARY_DIR}/generated/embedded_files.cpp)
add_custom_command(
  OUTPUT ${PE_EMBEDDED_SOURCE}
  COMMAND ${CMAKE_COMMAND} -DSCHEMAS=${CMAKE_SOURCE_DIR}/schemas
          -DICONS=${CMAKE_SOURCE_DIR}/resources/icons -DOUT=${PE_EMBEDDED_SOURCE}
          -P ${CMAKE_SOURCE_DIR}/src/format/embed_files.cmake
  DEPENDS ${PE_EMBEDDED_FILES} ${PE_EMBEDDED_ICONS}
          ${CMAKE_SOURCE_DIR}/src/format/embed_files.cmake
  COMMENT "Embedding schemas and icons"
  VERBATIM)
target_sources(pe_format PRIVATE ${PE_EMBEDDED_SOURCE})
